echo a > f; echo b >> f; cat f; cat < f; echo c >| f; cat f; >empty; ls -s empty | cut -d' ' -f1; : > f; cat f; echo end
