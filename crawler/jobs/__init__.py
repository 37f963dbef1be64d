"""What is done without anybody asking: schedules, and the runner of all that is due."""
