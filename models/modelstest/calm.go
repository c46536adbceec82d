//go:build !race

package modelstest

const racing = false
