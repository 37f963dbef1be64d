"""The review desk: a web application. The room stands ready; candidates are read from the CSV until then."""
