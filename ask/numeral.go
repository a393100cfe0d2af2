package ask

import "strings"

const hanDigits = "零一二三四五六七八九"

// formalDigits are the numerals of bank notes, each as long as the plain one.
var formalDigits = strings.NewReplacer("壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十")

// readNumeral reads a number up to 99 at the start of text, in digits or Chinese
// numerals; size is its length in bytes, 0 where there is none.
func readNumeral(text string) (n, size int) {
	for size < len(text) && text[size] >= '0' && text[size] <= '9' && size < 3 {
		n = n*10 + int(text[size]-'0')
		size++
	}
	if size > 0 {
		return n, size
	}
	text = formalDigits.Replace(text)
	const han = len("一")
	ten := false
	for len(text)-size >= han {
		r := text[size : size+han]
		switch {
		case r == "十" && !ten:
			n, ten = max(n, 1)*10, true
		case r == "两":
			n += 2
		case strings.Contains(hanDigits, r) && (ten && n%10 == 0 || n == 0):
			n += strings.Index(hanDigits, r) / han
		default:
			return n, size
		}
		size += han
	}
	return n, size
}
