import protobuf from 'protobufjs/minimal.js'

// 64-bit fields are plain numbers here: every one of ours stays below 2^53. protobufjs decides
// between numbers and Long objects when generated code loads, so this module is imported before it.
protobuf.util.Long = null as never
protobuf.configure()
// Our deepest frame is 5 levels; deeper ones are hostile.
protobuf.Reader.recursionLimit = 16
