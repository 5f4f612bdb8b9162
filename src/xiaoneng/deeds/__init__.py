"""The one way in: what people and other systems do becomes facts here."""
