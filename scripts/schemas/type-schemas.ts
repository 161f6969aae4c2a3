import { type Checker, SymbolFlags, type Type, TypeFlags, type TypeReference } from 'typescript/unstable/sync'
import { commentBefore, descriptionOf, isOwn } from './descriptions.ts'
import type { Schema } from './schema.ts'

type Symbol = NonNullable<ReturnType<Type['getSymbol']>>

/** Absent values: JSON leaves them out. */
const absent = TypeFlags.Undefined | TypeFlags.Void
const primitives: readonly (readonly [TypeFlags, Schema])[] = [
  [TypeFlags.AnyOrUnknown, {}],
  [TypeFlags.String, { type: 'string' }],
  [TypeFlags.Number, { type: 'number' }],
  [TypeFlags.Boolean, { type: 'boolean' }],
  [TypeFlags.Null, { type: 'null' }],
  [TypeFlags.NonPrimitive, { type: 'object' }],
]

/**
 * The JSON Schemas of types, for their values as `JSON.stringify` writes them. The types with a name of the program
 * become definitions.
 */
export class TypeSchemas {
  private readonly checker: Checker
  private readonly definitions = new Map<string, { type: Type; schema: Schema }>()

  constructor(checker: Checker) {
    this.checker = checker
  }

  /** The definitions that the schemas made so far refer to, by their names in order. */
  get $defs(): Record<string, Schema> {
    const sorted = [...this.definitions].toSorted(([one], [other]) => (one < other ? -1 : 1))
    return Object.fromEntries(sorted.map(([name, { schema }]) => [name, schema]))
  }

  /** The schemas of the objects among which a value of this type is one, without those that are left out in JSON. */
  variants(type: Type): Schema[] {
    const members = type.isUnionType() ? type.getTypes() : [type]
    return ordered(
      members
        .filter(({ flags }) => !(flags & (absent | TypeFlags.Never)))
        .map((each) => this.structure(each)),
    )
  }

  /** The schema of a type: a reference, if the type has a name of the program. */
  schemaOf(type: Type): Schema {
    const name = this.nameOf(type)
    if (name === undefined) return this.structure(type)
    const known = this.definitions.get(name)
    if (known && known.type.id !== type.id) {
      throw new Error(`Expected one type by the name ${name}, got two: rename one of them.`)
    }
    if (!known) {
      const definition = { type, schema: {} }
      this.definitions.set(name, definition)
      definition.schema = this.structure(type)
    }
    return { $ref: `#/$defs/${name}` }
  }

  /** The name of a type of the program; of an instance of a generic type none, since each instance differs. */
  private nameOf(type: Type): string | undefined {
    const alias = type.getAliasSymbol()
    const symbol = alias ?? (type.isClassOrInterface() ? type.getSymbol() : undefined)
    const isGeneric = type.getAliasTypeArguments().length > 0
    return symbol && isOwn(symbol) && !isGeneric ? symbol.name : undefined
  }

  private structure(type: Type): Schema {
    const description = this.description(type)
    return { ...(description && { description }), ...this.shape(type) }
  }

  private description(type: Type): string | undefined {
    const symbol = type.getAliasSymbol() ?? type.getSymbol()
    if (symbol) return descriptionOf(this.checker, symbol) || commentBefore(symbol)
    if (!type.isIntersectionType()) return undefined
    // Those of named parts are about the part.
    const parts = type.getTypes().flatMap((part) => part.getSymbol() ?? [])
    const comments = parts.filter(({ name }) => name === '__type').map(commentBefore)
    return comments.find((comment) => comment)
  }

  private shape(type: Type): Schema {
    if (type.isErrorType()) throw new Error('Expected types without errors: see tsc.')
    const primitive = primitives.find(([flag]) => type.flags & flag)
    if (primitive) return primitive[1]
    if (type.isLiteralType()) return { const: type.value }
    if (type.isTemplateLiteralType()) return { type: 'string', pattern: patternOf(type.texts) }
    if (type.isUnionType()) return this.union(type.getTypes())
    if (type.isTupleType() || this.checker.isTupleType(type)) return this.tuple(type as TypeReference)
    if (this.checker.isArrayType(type)) return this.list(type as TypeReference)
    if (type.isObjectType() || type.isIntersectionType()) return this.object(type)
    throw new Error(`Expected a type that JSON can have, got ${this.checker.typeToString(type)}.`)
  }

  private union(types: readonly Type[]): Schema {
    const present = types.filter(({ flags }) => !(flags & absent))
    const [first, ...others] = present
    if (first && others.length === 0) return this.schemaOf(first)
    const booleans = present.filter(({ flags }) => flags & TypeFlags.BooleanLiteral)
    const texts = present.filter((each) => each.isStringLiteralType())
    const rest = present.filter(
      (each) => !texts.includes(each as never) && (booleans.length < 2 || !booleans.includes(each)),
    )
    const schemas = [
      ...(booleans.length === 2 ? [{ type: 'boolean' } as const] : []),
      ...(texts.length > 0
        ? [{ type: 'string', enum: texts.map((each) => each.value).toSorted() } as const]
        : []),
      ...rest.map((each) => this.schemaOf(each)),
    ]
    return schemas.length === 1 ? (schemas[0] ?? {}) : { anyOf: ordered(schemas) }
  }

  private list(type: TypeReference): Schema {
    const [item] = this.checker.getTypeArguments(type)
    return { type: 'array', ...(item && { items: this.schemaOf(item) }) }
  }

  private tuple(type: TypeReference): Schema {
    const items = this.checker.getTypeArguments(type).map((each) => this.schemaOf(each))
    return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length }
  }

  private object(type: Type): Schema {
    const members = this.checker
      .getPropertiesOfType(type)
      .map((symbol) => ({ symbol, of: this.checker.getTypeOfSymbol(symbol) }))
      .filter(({ of }) => of && !(of.flags & (absent | TypeFlags.Never)))
    const properties = members.map(
      ({ symbol, of }) => [symbol.name, this.property(symbol, of as Type)] as const,
    )
    const required = members
      .filter(({ symbol, of }) => !isOptional(symbol, of as Type))
      .map(({ symbol }) => symbol.name)
    const [index] = this.checker.getIndexInfosOfType(type)
    return {
      type: 'object',
      ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.schemaOf(index.valueType) }),
    }
  }

  private property(symbol: Symbol, type: Type): Schema {
    const own = this.schemaOf(type)
    const description = descriptionOf(this.checker, symbol)
    return description ? { ...own, description } : own
  }
}

function isOptional(symbol: Symbol, type: Type): boolean {
  if (symbol.flags & SymbolFlags.Optional) return true
  return type.isUnionType() && type.getTypes().some(({ flags }) => flags & absent)
}

/** The compiler's own order of a union depends on what it has read before. */
function ordered(schemas: readonly Schema[]): Schema[] {
  const keyed = schemas.map((schema) => [JSON.stringify(schema), schema] as const)
  return keyed.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, schema]) => schema)
}

function patternOf(texts: readonly string[]): string {
  return `^${texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('.*')}$`
}
