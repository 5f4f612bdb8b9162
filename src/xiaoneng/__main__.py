"""`python -m xiaoneng` is the command `xiaoneng`."""

from xiaoneng.config.command import main

main()
