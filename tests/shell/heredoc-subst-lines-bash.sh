# shells: bash
# Lines of what stands in a substitution of a here-document: bash writes those within it anew.
cat <<E
$(x=$(case a in a) nosuch;; esac; nosuch); echo "$x"; nosuch; : `nosuch`; : `case a in a) nosuch;; esac; nosuch`)
E
cat <<E
a
$(x=$(case a in a) y=$(if :; then nosuch; fi; nosuch);; esac; nosuch; : "$(if :; then nosuch; fi; nosuch)"); echo "$x"; nosuch)
$(if :; then nosuch; fi; nosuch
nosuch "$(if :; then nosuch; fi; nosuch)"
)
E
x=$(cat <<E
$(x=$(case a in a) nosuch;; esac; nosuch); echo "$x"; nosuch)
$(if :; then nosuch; fi; nosuch)
E
)
echo "$x"
