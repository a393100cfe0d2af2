package main

import (
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// usageError is wrong use of the command line: exit status 2.
type usageError struct{ error }

// misuse is a usage error with the command whose help says what would work; "" is the
// program's.
type misuse struct {
	error
	command string
}

func (m misuse) Unwrap() error { return m.error }

// usageSentence says what is wrong with a command line and where the way out stands; "" for
// errors of other kinds.
func usageSentence(err error) string {
	var usage usageError
	var parse *kong.ParseError
	var within misuse
	errors.As(err, &within)
	switch {
	case errors.As(err, &parse):
		command := commandOf(parse.Context)
		return inChinese(parse.Error(), command) + "；" + helpOf(command)
	case errors.As(err, &usage):
		return err.Error() + "；" + helpOf(within.command)
	}
	return ""
}

func helpOf(command string) string {
	return "用法见 " + strings.Join(strings.Fields("duban "+command+" --help"), " ")
}

// commandOf names the command that a command line has reached.
func commandOf(k *kong.Context) string {
	var names []string
	if k != nil {
		for _, p := range k.Path {
			if p.Command != nil {
				names = append(names, p.Command.Name)
			}
		}
	}
	return strings.Join(names, " ")
}

// usageWords are what the parser of command lines says, and what a person reads in its place.
var usageWords = []struct {
	says *regexp.Regexp
	read string
}{
	{regexp.MustCompile(`^unexpected argument (.+)$`), "多了 $1"},
	{regexp.MustCompile(`^unknown flag (.+)$`), "没有 $1 这个选项"},
	{regexp.MustCompile(`^missing flags: (.+)$`), "缺少选项 $1"},
	{regexp.MustCompile(`^missing positional arguments (.+)$`), "缺少 $1"},
	{regexp.MustCompile(`^(.+) must be one of (.+) but got (".*")$`), "$1 应是 $2 之一，现在是 $3"},
	{regexp.MustCompile(`^(.+): expected .* value but got "EOL".*$`), "$1 后面要写一个值"},
	{regexp.MustCompile(`^(.+): missing value.*$`), "$1 后面要写一个值"},
	{regexp.MustCompile(`^(.+): expected an? (?:valid \d+ bit )?u?int but got (".*?").*$`), "$1 应是整数，现在是 $2"},
	{regexp.MustCompile(`^(.+): (?:expected bool|bool value must be .*) but got (".*?").*$`), "$1 应是 true 或 false，现在是 $2"},
	{regexp.MustCompile(`^(.+) and (.+) can't be used together$`), "$1 和 $2 不能同用"},
	{regexp.MustCompile(`^expected one of ("serve".+)$`), "要写一个命令：$1"},
	{regexp.MustCompile(`^expected one of (.+)$`), "后面要写 $1 之一"},
	{regexp.MustCompile(`^expected (".+")$`), "后面要写 $1"},
}

// guess is what the parser thinks was meant.
var guess = regexp.MustCompile(`, did you mean (?:one of )?(.+)\?$`)

// inChinese says a sentence of the parser as a person reads it; an unknown one stays.
func inChinese(said, command string) string {
	meant := ""
	if found := guess.FindStringSubmatch(said); found != nil {
		said, meant = strings.TrimSuffix(said, found[0]), "，也许是 "+listed(found[1])
	}
	if name, ok := strings.CutPrefix(said, "unexpected argument "); ok && command == "" {
		return "没有 " + name + " 这个命令" + meant
	}
	for _, w := range usageWords {
		if w.says.MatchString(said) {
			return listed(w.says.ReplaceAllString(said, w.read)) + meant
		}
	}
	return said + meant
}

// listed takes the quotes and the commas of a list away.
func listed(text string) string {
	return strings.NewReplacer(`", "`, "、", `","`, "、", `"<`, "<", `>"`, ">", `", ...`, " 等", `"`, "").Replace(text)
}

// familiar reads what people of other programs would write: --version, and help with or
// without a command.
func familiar(args []string) []string {
	switch {
	case len(args) == 1 && args[0] == "--version":
		return []string{"version"}
	case len(args) > 0 && args[0] == "help":
		return append(append([]string{}, args[1:]...), "--help")
	}
	return args
}
