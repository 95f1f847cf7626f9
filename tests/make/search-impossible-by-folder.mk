# That no rule makes ".o" is kept with the folder, whichever name it was asked by.
all: here/ ./
