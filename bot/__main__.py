"""`python -m bot`: see bot/cli."""

import gc

if __name__ == "__main__":  # looking at the module is not running it
    # Nothing that is read at the start goes away again: looking for what did took a fifth of the time to start.
    gc.set_threshold(100_000)
    from bot.cli import main

    main()
