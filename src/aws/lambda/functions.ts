import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetLayerVersionByArnCommand,
  InvokeCommand,
  PublishVersionCommand,
  paginateListFunctions,
  paginateListVersionsByFunction,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { LambdactlError } from '../../errors/error.ts'
import type { Code, Functions } from '../../ports/functions.ts'
import { ifThere } from '../answers/expected-errors.ts'
import { countSent } from '../s3/count-sent.ts'
import type { LambdaApi } from './api.ts'
import { download } from './download.ts'
import { toConfiguration, toState, toVersion } from './function-configuration.ts'
import { whileHeard } from './silent-invocation.ts'
import { isStopped, stopped } from './stopped.ts'

/** Functions and versions over the Lambda API. */
export function lambdaFunctions(api: LambdaApi): Functions {
  return {
    get: getFunction(api),
    all: listFunctions(api),
    delete: deleteFunction(api),
    names: async () => (await listFunctions(api)()).map(({ name }) => name),
    create: createFunction(api),
    updateCode: updateCode(api),
    updateSettings: updateSettings(api),
    code: downloadCode(api),
    publish: publishVersion(api),
    layerBytes: layerBytes(api),
    layerZip: layerZip(api),
    versions: listVersions(api),
    invoke: invoke(api),
  }
}

/** GetFunction has its own quota, 100 a second: no token is taken. */
function getFunction({ call }: LambdaApi): Functions['get'] {
  return async (name, qualifier) => {
    const input = { FunctionName: name, ...(qualifier === undefined ? {} : { Qualifier: qualifier }) }
    const answer = await ifThere(
      call(`read the function ${qualified(name, qualifier)}`, new GetFunctionCommand(input)),
    )
    const reserved = answer?.Concurrency?.ReservedConcurrentExecutions
    return (
      answer && {
        ...toState(name, answer.Configuration ?? {}, answer.Code),
        ...(reserved === undefined ? {} : { reserved }),
        ...(answer.Tags ? { tags: answer.Tags } : {}),
      }
    )
  }
}

function listFunctions({ pages }: LambdaApi): Functions['all'] {
  return async () => {
    const found = await pages('list the functions', paginateListFunctions, {})
    return found
      .flatMap(({ Functions = [] }) => Functions)
      .map(({ FunctionName = '', Runtime, LastModified = '' }) => ({
        name: FunctionName,
        ...(Runtime !== undefined && { runtime: Runtime }),
        lastModified: LastModified,
      }))
  }
}

function deleteFunction({ call }: LambdaApi): Functions['delete'] {
  return async (name) => {
    await ifThere(call(`delete the function ${name}`, new DeleteFunctionCommand({ FunctionName: name })))
  }
}

function createFunction({ upload }: LambdaApi): Functions['create'] {
  return async (name, settings, code, codeSigning) => {
    const { architecture, role, sourceKmsKey, tenancy } = settings
    const input = {
      FunctionName: name,
      PackageType: 'image' in code ? ('Image' as const) : ('Zip' as const),
      Code: { ...toCode(code), ...(sourceKmsKey && { SourceKMSKeyArn: sourceKmsKey }) },
      Architectures: [architecture],
      ...toConfiguration(name, settings),
      ...(tenancy === 'per-tenant' && { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' as const } }),
      ...(codeSigning && { CodeSigningConfigArn: codeSigning }),
      Role: role,
    }
    const command = new CreateFunctionCommand(input)
    command.middlewareStack.use(countZip(code))
    await upload(`create the function ${name}`, command)
  }
}

function toCode(code: Code) {
  if ('image' in code) return { ImageUri: code.image }
  if ('zip' in code) return { ZipFile: code.zip }
  const { bucket, key, version } = code.s3
  return { S3Bucket: bucket, S3Key: key, ...(version === undefined ? {} : { S3ObjectVersion: version }) }
}

function updateCode({ upload }: LambdaApi): Functions['updateCode'] {
  return async (name, { architecture, sourceKmsKey }, code, revisionId) => {
    const input = {
      FunctionName: name,
      ...toCode(code),
      Architectures: [architecture],
      ...(sourceKmsKey && { SourceKMSKeyArn: sourceKmsKey }),
      RevisionId: revisionId,
    }
    const command = new UpdateFunctionCodeCommand(input)
    command.middlewareStack.use(countZip(code))
    await upload(`update the code of ${name}`, command)
  }
}

/** The zip is nearly the whole request. */
function countZip<Input extends object, Output extends object>(code: Code) {
  return countSent<Input, Output>((share) => {
    if ('zip' in code) code.onSent?.(Math.round(share * code.zip.length))
  })
}

function updateSettings({ call }: LambdaApi): Functions['updateSettings'] {
  return async (name, changed, revisionId) => {
    const input = { FunctionName: name, RevisionId: revisionId, ...toConfiguration(name, changed) }
    const { LastModified = '' } = await call(
      `update the configuration of ${name}`,
      new UpdateFunctionConfigurationCommand(input),
    )
    return LastModified
  }
}

/** The link in GetFunction's answer is a credential: it is followed at once, and never shown. */
function downloadCode({ call, ended }: LambdaApi): Functions['code'] {
  return async (name, qualifier) => {
    const what = `the code of ${qualified(name, qualifier)}`
    const input = { FunctionName: name, ...(qualifier === undefined ? {} : { Qualifier: qualifier }) }
    const { Code } = await call(`read ${what}`, new GetFunctionCommand(input))
    if (Code?.Location !== undefined) return download(Code.Location, what, undefined, ended)
    throw new LambdactlError('AWS_REFUSED', `Could not download ${what}: Lambda gave no link to a zip.`, {
      next: ['Check that the function is a zip, and that the endpoint serves downloads.'],
    })
  }
}

function publishVersion({ call }: LambdaApi): Functions['publish'] {
  return async (name, { codeSha256, revisionId, description }) => {
    const input = {
      FunctionName: name,
      CodeSha256: codeSha256,
      RevisionId: revisionId,
      Description: description,
    }
    return toVersion(await call(`publish a version of ${name}`, new PublishVersionCommand(input)))
  }
}

function layerBytes({ call }: LambdaApi): Functions['layerBytes'] {
  return async (arn) => {
    const { Content } = await call(`read the layer ${arn}`, new GetLayerVersionByArnCommand({ Arn: arn }))
    return Content?.CodeSize ?? 0
  }
}

/** Only the module names of a layer are needed: a layer that takes long to download is skipped. */
const largestLayer = 52_428_800

function layerZip({ call, ended }: LambdaApi): Functions['layerZip'] {
  return async (arn) => {
    const what = `the layer ${arn}`
    const { Content } = await call(`read ${what}`, new GetLayerVersionByArnCommand({ Arn: arn }))
    const { CodeSize = 0, Location } = Content ?? {}
    const why = CodeSize > largestLayer ? 'it is larger than 50 MiB' : 'Lambda gave no link to a zip'
    if (CodeSize <= largestLayer && Location !== undefined) return download(Location, what, undefined, ended)
    throw new LambdactlError('AWS_REFUSED', `Could not download ${what}: ${why}.`, {
      next: ['Go on without reading the layer.'],
      brief: why,
    })
  }
}

function listVersions({ pages }: LambdaApi): Functions['versions'] {
  return async (name) => {
    const input = { FunctionName: name }
    const found = await pages(`list the versions of ${name}`, paginateListVersionsByFunction, input)
    return found
      .flatMap(({ Versions = [] }) => Versions)
      .filter(({ Version }) => Version !== '$LATEST')
      .map(toVersion)
      .toSorted((a, b) => Number(b.version) - Number(a.version))
  }
}

function invoke(api: LambdaApi): Functions['invoke'] {
  return async (name, qualifier, payload) => {
    const input = {
      FunctionName: name,
      Payload: payload,
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
    }
    const action = `invoke ${qualified(name, qualifier)}`
    const command = new InvokeCommand({ ...input, LogType: 'Tail' })
    const invoked = whileHeard(api, { name, action }, (signal) => api.invoke(action, command, signal))
    const answer = await invoked.catch(async (error: unknown) => {
      throw (await isStopped(api, name, error)) ? stopped(action, error) : error
    })
    return {
      payload: Buffer.from(answer.Payload ?? []).toString('utf8'),
      version: answer.ExecutedVersion ?? '',
      functionError: answer.FunctionError,
      logTail: Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'),
    }
  }
}

function qualified(name: string, qualifier: string | undefined): string {
  return qualifier === undefined ? name : `${name}:${qualifier}`
}
