"""How people sign in: passphrase and code, passkey, the municipality's own sign-in, and a bound Telegram chat."""
