echo '{ "metadata_version": "1.1", "compat_message": "it'\''s a\nmessage", "supported_devices":["a,b"], "version": { "dist": "OpenWrt" } }' | cat > f; cat f
