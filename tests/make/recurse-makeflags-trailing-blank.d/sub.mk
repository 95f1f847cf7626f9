x:;@echo "$(MAKEFLAGS)."
	@echo "$$MAKEFLAGS."
	@$(MAKE) -f sub.mk y
y:;@echo "[$(MAKEFLAGS)]"
	@echo "[$$MAKEFLAGS]"
