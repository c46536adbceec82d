// Package view holds the types of the API that are no noun of the product: connections, payloads, and inputs whose
// fields can be left out. gqlgen generates them beside this file.
package view
