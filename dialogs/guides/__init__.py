"""Who can help, which guide answers, and the cards behind them: an editor's content, looked up on the machine."""
