package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"
)

// parseConfig reads strict YAML: a key that is not known, or a value of the wrong kind, is an
// error with its line.
func parseConfig(data []byte, c *Config) error {
	if blank(string(data)) {
		return nil
	}
	var document yaml.Node
	if err := yaml.Load(data, &document); err != nil {
		return syntaxError(err)
	}
	for _, root := range document.Content {
		if err := misfit(root, reflect.TypeFor[Config](), ""); err != nil {
			return err
		}
	}
	if err := yaml.Load(data, c, yaml.WithKnownFields()); err != nil {
		return syntaxError(err)
	}
	return nil
}

// blank reports whether a file says nothing: it is empty, or holds comments alone.
func blank(data string) bool {
	for line := range strings.Lines(strings.TrimPrefix(data, "\ufeff")) {
		if line = strings.TrimSpace(line); line != "" && line != "---" && !strings.HasPrefix(line, "#") {
			return false
		}
	}
	return true
}

// syntaxError says where a file is no YAML.
func syntaxError(err error) error {
	const advice = "请检查冒号、引号、括号和缩进（缩进只用空格）"
	var at *yaml.LoadError
	if errors.As(err, &at) && at.Mark.Line > 0 {
		return fmt.Errorf("第%d行写法不对；%s", at.Mark.Line, advice)
	}
	var several *yaml.LoadErrors
	if errors.As(err, &several) && len(several.Errors) > 0 && several.Errors[0].Mark.Line > 0 {
		return fmt.Errorf("第%d行写法不对；%s", several.Errors[0].Mark.Line, advice)
	}
	return errors.New("写法不对，只能有一份文档；" + advice)
}

// misfit reports the first place at which a file does not fit what the program reads.
func misfit(n *yaml.Node, t reflect.Type, key string) error {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch {
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return nil
	case t.Kind() == reflect.Struct:
		return misfitSection(n, t, key)
	case t.Kind() == reflect.Slice && n.Kind != yaml.SequenceNode:
		return fmt.Errorf("第%d行：%s 应是列表，写成 [甲, 乙]，或每行一个、前面加“- ”", n.Line, key)
	case t.Kind() == reflect.Slice:
		for _, item := range n.Content {
			if err := misfit(item, t.Elem(), key); err != nil {
				return err
			}
		}
		return nil
	}
	if n.Kind != yaml.ScalarNode {
		return fmt.Errorf("第%d行：%s 应是%s，不是列表，下面也没有别的项", n.Line, key, wanted(t))
	}
	if err := n.Load(reflect.New(t).Interface()); err != nil {
		return fmt.Errorf("第%d行：%s 应是%s，现在是 %q", n.Line, key, wanted(t), n.Value)
	}
	return nil
}

// misfitSection is misfit for a section and what stands under it.
func misfitSection(n *yaml.Node, t reflect.Type, section string) error {
	known := fieldsOf(t)
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("第%d行：%s应分行写各项，可用的有 %s", n.Line, under(section), names(t))
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i]
		key := strings.TrimPrefix(section+"."+name.Value, ".")
		field, ok := known[name.Value]
		if first, twice := lines[key]; twice {
			return fmt.Errorf("第%d行：%s 在第%d行已经写过；请只留一处", name.Line, key, first)
		}
		lines[key] = name.Line
		if !ok {
			return fmt.Errorf("第%d行：不认识的项 %s；%s", name.Line, key, instead(name.Value, section, t))
		}
		if err := misfit(n.Content[i+1], field, key); err != nil {
			return err
		}
	}
	return nil
}

func under(section string) string {
	if section == "" {
		return "这里"
	}
	return section + " 下"
}

// instead says what to write in place of a key that is not known.
func instead(key, section string, t reflect.Type) string {
	switch lower := strings.ToLower(key); {
	case strings.Contains(lower, "token"):
		return "令牌不写在配置里，请设环境变量 TELEGRAM_BOT_TOKEN，或用 TELEGRAM_BOT_TOKEN_FILE 指向令牌文件"
	case strings.Contains(lower, "endpoint"):
		return "接口地址不写在配置里，请设环境变量 TELEGRAM_API_ENDPOINT"
	}
	return under(section) + "可用的有 " + names(t)
}

// fieldsOf are the keys of a section with what they hold.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "-" {
			fields[key] = t.Field(i).Type
		}
	}
	return fields
}

// names lists the keys of a section as the program names them.
func names(t reflect.Type) string {
	var keys []string
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "-" {
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, "、")
}

// wanted says what a value should be.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return "整数"
	case reflect.Float64:
		return "数字"
	case reflect.Bool:
		return " true 或 false"
	}
	return "文字"
}
