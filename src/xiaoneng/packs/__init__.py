"""The door for pack files: schema, load, prove, frozen Procedure; knows no case."""
