"""From a confirmed candidate to a closed complaint. The room stands ready; nothing is filed from here yet."""
