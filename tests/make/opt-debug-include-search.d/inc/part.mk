# found
