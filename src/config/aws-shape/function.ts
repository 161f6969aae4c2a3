import * as z from 'zod'
import { fieldNames } from '../../function/aws-names.ts'
import { putField } from '../../function/values/put-field.ts'
import { awsValues } from './values.ts'

type Shape = Readonly<Record<string, z.ZodType>>
interface Tree {
  [key: string]: z.ZodType | Tree
}

/**
 * The schema of a function's fields by AWS's names. A field whose value has the same form under both names uses the
 * schema of lambdactl's name.
 *
 * @param ours the schemas of a function's fields by lambdactl's names
 */
export function awsShape(ours: Shape): Shape {
  const tree: Tree = {}
  for (const { other, ours: name } of fieldNames) {
    if (Object.hasOwn(ours, other)) continue
    putField(tree, other.split('.'), (awsValues[other] ?? fieldAt(ours, name.split('.'))).optional())
  }
  return shapeOf(tree)
}

/** A map of the tree is a map in the file. */
function shapeOf(tree: Tree): Shape {
  return Object.fromEntries(
    Object.entries(tree).map(([name, below]) => [
      name,
      below instanceof z.ZodType ? below : z.strictObject(shapeOf(below)).optional(),
    ]),
  )
}

/** The schema of a nested field. @throws Error if there is none: then AWS's name needs a schema of its own */
function fieldAt(shape: Shape, [key = '', ...rest]: readonly string[]): z.ZodType {
  const schema = shape[key]
  if (schema && rest.length === 0) return schema
  const map = schema && withoutWrappers(schema)
  if (map instanceof z.ZodObject) return fieldAt(map.shape, rest)
  throw new Error(`There is no field ${key} by our name.`)
}

function withoutWrappers(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? withoutWrappers(schema.unwrap() as z.ZodType)
    : schema
}
