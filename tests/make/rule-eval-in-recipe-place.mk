# An eval'd rule in a recipe is said to be where the recipe begins.
x:
	
	$(eval y:)
