package guard

// Variables checks the JSON of the variables in one pass over its bytes, before anything is built from it. JSON that is
// malformed passes: the decoder refuses it.
func (l Limits) Variables(json []byte) error {
	values, levels, quoted := 1, 0, false
	for i := 0; i < len(json); i++ {
		switch c := json[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			levels++
			values++
		case c == '}' || c == ']':
			levels--
		case c == ',':
			values++
		}
		if values > l.Values {
			return &Exceeded{Limit: "values in the variables", Max: l.Values}
		}
		if levels > l.Levels {
			return &Exceeded{Limit: "levels in the variables", Max: l.Levels}
		}
	}
	return nil
}
