package bot_test

const childVariable = "DUBAN_TEST_CHILD"

func runChild() int { return 0 }
