"""Where it came from: zones, lots, what happened to them, and the proof. Knows products by GTIN only.

Inside the package imports point right:
resolver → passports | labels | recalls → lots | scans → events → zones | ledger → identifiers
"""
