/** Where a package is to be kept in S3. */
export interface ArtifactPlace {
  bucket: string
  key: string
  /** The KMS key that encrypts it; undefined: as the bucket does. */
  kmsKey: string | undefined
  /** The account that has to own the bucket, where that is known. */
  owner: string | undefined
}

/** An object in S3. */
export interface S3Object {
  bucket: string
  key: string
  /** Undefined where the bucket keeps no versions. */
  version?: string
}

export interface KeptArtifact {
  object: S3Object
  /** The bytes that had to be uploaded; 0 where the object was there. */
  uploadedBytes: number
}

/** Packages in S3. */
export interface Artifacts {
  /**
   * Sees to it that an object has this very content. What is there is not uploaded again, also of an upload that was
   * interrupted.
   *
   * @param onProgress is told how many bytes are there or sent, often
   * @throws LambdactlError AWS_REFUSED when S3 has something else in the end
   */
  keep(place: ArtifactPlace, content: Uint8Array, onProgress: (bytes: number) => void): Promise<KeptArtifact>
}
