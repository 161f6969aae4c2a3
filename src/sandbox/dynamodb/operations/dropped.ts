import { notImplemented } from '../../protocol/accepting.ts'

/** Members that dynalite 4.0 takes without any effect. It only has indexes that their table is made with. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  CreateTable: [
    'DeletionProtectionEnabled',
    'GlobalTableSettingsReplicationMode',
    'GlobalTableSourceArn',
    'OnDemandThroughput',
    'ResourcePolicy',
    'SSESpecification',
    'TableClass',
    'VectorIndexes',
    'WarmThroughput',
  ],
  TransactGetItems: ['ReturnConsumedCapacity'],
  TransactWriteItems: ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
  UpdateTable: [
    'DeletionProtectionEnabled',
    'DisassociationProtectionEnabled',
    'GlobalSecondaryIndexUpdates',
    'GlobalTableSettingsReplicationMode',
    'GlobalTableWitnessUpdates',
    'MultiRegionConsistency',
    'OnDemandThroughput',
    'ReplicaUpdates',
    'SSESpecification',
    'TableClass',
    'VectorIndexUpdates',
    'WarmThroughput',
  ],
}

/** Values that ask for nothing; Terraform and the CDK send some. */
const without: ReadonlySet<unknown> = new Set([undefined, false, 'NONE', 'STANDARD'])

/** @throws ServiceError 501: nothing is taken and dropped in silence */
export function refuseDropped(operation: string, input: object): void {
  const given = new Map(Object.entries(input).filter(([, value]) => !without.has(value)))
  const unknown = dropped[operation]?.find((member) => given.has(member))
  if (unknown !== undefined) throw notImplemented(`the parameter ${unknown}`)
}
