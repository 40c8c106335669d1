/// The numbers PostgreSQL has for its built-in types; they never change.
package enum TypeOID {
    package static let bool: UInt32 = 16
    package static let bytea: UInt32 = 17
    package static let char: UInt32 = 18
    package static let name: UInt32 = 19
    package static let int8: UInt32 = 20
    package static let int2: UInt32 = 21
    package static let int4: UInt32 = 23
    package static let text: UInt32 = 25
    package static let bpchar: UInt32 = 1042
    package static let varchar: UInt32 = 1043
    package static let date: UInt32 = 1082
    package static let timestamp: UInt32 = 1114
    package static let timestamptz: UInt32 = 1184
    package static let numeric: UInt32 = 1700

    package static let byteaArray: UInt32 = 1001
    package static let nameArray: UInt32 = 1003
    package static let int2Array: UInt32 = 1005
    package static let int4Array: UInt32 = 1007
    package static let textArray: UInt32 = 1009
    package static let varcharArray: UInt32 = 1015
    package static let int8Array: UInt32 = 1016
    package static let dateArray: UInt32 = 1182

    /// The type's name in SQL, for messages.
    static func name(of oid: UInt32) -> String {
        switch oid {
        case bool: "boolean"
        case bytea: "bytea"
        case char: "\"char\""
        case name: "name"
        case int8: "bigint"
        case int2: "smallint"
        case int4: "integer"
        case text: "text"
        case bpchar: "character"
        case varchar: "character varying"
        case date: "date"
        case timestamp: "timestamp without time zone"
        case timestamptz: "timestamp with time zone"
        case numeric: "numeric"
        case 114: "json"
        case 3802: "jsonb"
        case 700: "real"
        case 701: "double precision"
        case 1186: "interval"
        case 2950: "uuid"
        case byteaArray: "bytea[]"
        case nameArray: "name[]"
        case int2Array: "smallint[]"
        case int4Array: "integer[]"
        case textArray: "text[]"
        case varcharArray: "character varying[]"
        case int8Array: "bigint[]"
        case dateArray: "date[]"
        default: "type \(oid)"
        }
    }
}
