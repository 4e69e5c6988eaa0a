import { FolderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'

/** Opens a folder, by its path. */
export async function openObjects(where: string): Promise<ObjectStore> {
  return new FolderStore(where)
}
