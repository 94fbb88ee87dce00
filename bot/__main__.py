"""`python -m bot`: see bot/cli."""

from bot.cli import main

if __name__ == "__main__":  # looking at the module is not running it
    main()
