import batchGetItem from 'dynalite/actions/batchGetItem.js'
import batchWriteItem from 'dynalite/actions/batchWriteItem.js'
import createTable from 'dynalite/actions/createTable.js'
import deleteItem from 'dynalite/actions/deleteItem.js'
import deleteTable from 'dynalite/actions/deleteTable.js'
import describeTable from 'dynalite/actions/describeTable.js'
import getItem from 'dynalite/actions/getItem.js'
import listTables from 'dynalite/actions/listTables.js'
import listTagsOfResource from 'dynalite/actions/listTagsOfResource.js'
import putItem from 'dynalite/actions/putItem.js'
import query from 'dynalite/actions/query.js'
import scan from 'dynalite/actions/scan.js'
import tagResource from 'dynalite/actions/tagResource.js'
import untagResource from 'dynalite/actions/untagResource.js'
import updateItem from 'dynalite/actions/updateItem.js'
import updateTable from 'dynalite/actions/updateTable.js'
import type { Store } from 'dynalite/db/index.js'
import checkBatchGetItem from 'dynalite/validations/batchGetItem.js'
import checkBatchWriteItem from 'dynalite/validations/batchWriteItem.js'
import checkCreateTable from 'dynalite/validations/createTable.js'
import checkDeleteItem from 'dynalite/validations/deleteItem.js'
import checkDeleteTable from 'dynalite/validations/deleteTable.js'
import checkDescribeTable from 'dynalite/validations/describeTable.js'
import checkGetItem from 'dynalite/validations/getItem.js'
import validations from 'dynalite/validations/index.js'
import checkListTables from 'dynalite/validations/listTables.js'
import checkListTagsOfResource from 'dynalite/validations/listTagsOfResource.js'
import checkPutItem from 'dynalite/validations/putItem.js'
import checkQuery from 'dynalite/validations/query.js'
import checkScan from 'dynalite/validations/scan.js'
import checkTagResource from 'dynalite/validations/tagResource.js'
import checkUntagResource from 'dynalite/validations/untagResource.js'
import checkUpdateItem from 'dynalite/validations/updateItem.js'
import checkUpdateTable from 'dynalite/validations/updateTable.js'
import { ServiceError } from '../../protocol/service-error.ts'

/** An input or an output in DynamoDB's JSON. */
export type Json = Record<string, unknown>

/** The operations that dynalite has, each with the rules of its input. */
const actions = {
  BatchGetItem: [batchGetItem, checkBatchGetItem],
  BatchWriteItem: [batchWriteItem, checkBatchWriteItem],
  CreateTable: [createTable, checkCreateTable],
  DeleteItem: [deleteItem, checkDeleteItem],
  DeleteTable: [deleteTable, checkDeleteTable],
  DescribeTable: [describeTable, checkDescribeTable],
  GetItem: [getItem, checkGetItem],
  ListTables: [listTables, checkListTables],
  ListTagsOfResource: [listTagsOfResource, checkListTagsOfResource],
  PutItem: [putItem, checkPutItem],
  Query: [query, checkQuery],
  Scan: [scan, checkScan],
  TagResource: [tagResource, checkTagResource],
  UntagResource: [untagResource, checkUntagResource],
  UpdateItem: [updateItem, checkUpdateItem],
  UpdateTable: [updateTable, checkUpdateTable],
} as const

export type Action = keyof typeof actions

/** Checks the input of an operation, and runs it. @throws ServiceError as DynamoDB does */
export async function act(store: Store, name: Action, input: object): Promise<Json> {
  const [run, { types, custom }] = actions[name]
  try {
    // dynalite removes members from its input.
    const checked = validations.checkTypes(copyOf(input), types)
    validations.checkValidations(checked, types, custom, store)
    return await new Promise<Json>((resolve, reject) => {
      run(store, checked, (error, output) => {
        if (error) reject(error)
        // dynalite changes its tables later, also those in an answer.
        else resolve(copyOf(output || {}) as Json)
      })
    })
  } catch (error) {
    throw isAnswer(error) ? errorOf(error) : error
  }
}

/** An error of dynalite that is meant for the client. */
interface ErrorAnswer {
  statusCode: number
  body: { __type: string; message?: string; Message?: string }
}

function isAnswer(error: unknown): error is ErrorAnswer {
  return typeof error === 'object' && error !== null && 'statusCode' in error && 'body' in error
}

/** `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`: the code is behind the mark. */
function errorOf({ statusCode, body: { __type: type, message, Message } }: ErrorAnswer): ServiceError {
  return new ServiceError(type.replace(/^.*#/, ''), statusCode, message ?? Message ?? '')
}

function copyOf(value: unknown): object {
  return JSON.parse(JSON.stringify(value)) as object
}
