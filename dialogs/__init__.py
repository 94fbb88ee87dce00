"""The pure core: forms, conditions, tables, guards and the one function that moves a draft on."""
