"""Xiaoneng 效能: administrative power, judged act by act against the law."""
