// Writes messages.ts: which field of which type has which number in Kubernetes' protobuf encoding, read from
// the struct tags of k8s.io/api. In a directory of its own: go mod init messages && go get k8s.io/api@v0.35.4
// && go run generate.go > messages.ts
package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	admissionregistration "k8s.io/api/admissionregistration/v1"
	apps "k8s.io/api/apps/v1"
	authentication "k8s.io/api/authentication/v1"
	authorization "k8s.io/api/authorization/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batch "k8s.io/api/batch/v1"
	certificates "k8s.io/api/certificates/v1"
	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	events "k8s.io/api/events/v1"
	networking "k8s.io/api/networking/v1"
	node "k8s.io/api/node/v1"
	policy "k8s.io/api/policy/v1"
	rbac "k8s.io/api/rbac/v1"
	scheduling "k8s.io/api/scheduling/v1"
	storage "k8s.io/api/storage/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// Types with a JSON form of their own, which scalar.ts knows.
var special = map[string]string{
	"v1.Time": "time", "v1.MicroTime": "microtime", "resource.Quantity": "quantity",
	"intstr.IntOrString": "intorstring", "runtime.RawExtension": "raw", "v1.FieldsV1": "raw",
}

var lines = map[string]string{}

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		admissionregistration.AddToScheme, apps.AddToScheme, authentication.AddToScheme,
		authorization.AddToScheme, autoscalingv1.AddToScheme, autoscalingv2.AddToScheme, batch.AddToScheme,
		certificates.AddToScheme, coordination.AddToScheme, core.AddToScheme, discovery.AddToScheme,
		events.AddToScheme, networking.AddToScheme, node.AddToScheme, policy.AddToScheme, rbac.AddToScheme,
		scheduling.AddToScheme, storage.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	var kinds []string
	for gvk, t := range scheme.AllKnownTypes() {
		if t.PkgPath() == reflect.TypeOf(meta.Status{}).PkgPath() && gvk.Kind != "DeleteOptions" {
			continue
		}
		if strings.HasSuffix(gvk.Kind, "List") || gvk.Version == runtime.APIVersionInternal {
			continue
		}
		name := describe(t)
		kinds = append(kinds, fmt.Sprintf("%s %s %s", gvk.GroupVersion(), gvk.Kind, name))
	}
	sort.Strings(kinds)
	var names []string
	for name := range lines {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Println("// Made by generate.go from k8s.io/api v0.35.4. Not to be edited: a table, as long as there are kinds and messages.")
	fmt.Println("/** A line for each kind: apiVersion, kind, message. */")
	fmt.Println("export const kinds = `")
	fmt.Println(strings.Join(kinds, "\n"))
	fmt.Println("`;\n")
	fmt.Println("/** A line for each message: its name, then its fields as number:name:type (see message-types.ts). */")
	fmt.Println("export const messages = `")
	for _, name := range names {
		fmt.Println(name + lines[name])
	}
	fmt.Println("`;")
}

func describe(t reflect.Type) string {
	path := strings.Split(t.PkgPath(), "/")
	name := strings.Join(path[len(path)-2:], ".") + "." + t.Name()
	if _, done := lines[name]; done {
		return name
	}
	lines[name] = ""
	lines[name] = fields(t)
	return name
}

func fields(t reflect.Type) string {
	line := ""
	for i := 0; i < t.NumField(); i++ {
		field := t.Field(i)
		tag := strings.Split(field.Tag.Get("protobuf"), ",")
		if len(tag) < 2 {
			continue
		}
		if field.Name == "Extra" {
			continue // of users: maps of lists, which no client of a sandbox sends
		}
		name := strings.Split(field.Tag.Get("json"), ",")[0]
		if name == "" {
			name = "." // its fields are the outer message's own
		}
		line += fmt.Sprintf(" %s:%s:%s", tag[1], name, kind(field.Type))
	}
	return line
}

func kind(t reflect.Type) string {
	if s, ok := special[t.String()]; ok {
		return s
	}
	switch t.Kind() {
	case reflect.Pointer:
		inner := kind(t.Elem())
		// A message that is there says something by itself; what stands for a scalar does not.
		if t.Elem().Kind() == reflect.Struct && inner != "intorstring" {
			return inner
		}
		return "?" + inner
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "*" + kind(t.Elem())
	case reflect.Map:
		return "%" + kind(t.Elem())
	case reflect.Struct:
		return describe(t)
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "bool"
	case reflect.Int32, reflect.Int64, reflect.Int, reflect.Uint8:
		return "int"
	case reflect.Float64:
		return "double"
	}
	panic(t.String())
}
