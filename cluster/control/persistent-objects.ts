import { isPostgres, type ObjectStore } from '../../persist/index.ts'
import { type Contact, persistently } from './persistently.ts'

/**
 * The same objects, asked for again where they lie in a database that broke off: whatever is done to them may be done twice.
 * @param contact with that database; default: it has answered before
 */
export function persistentObjects(objects: ObjectStore, contact?: Contact): ObjectStore {
  if (!isPostgres(objects.url)) return objects
  const again = <T>(attempt: () => Promise<T>) => persistently(attempt, 'the same command goes on', contact)
  return {
    url: objects.url,
    put: (key, pieces) => again(() => objects.put(key, pieces)),
    putNew: (key, bytes) => again(() => objects.putNew(key, bytes)),
    get: (key) => again(() => objects.get(key)),
    list: (prefix) => again(() => objects.list(prefix)),
    remove: (key) => again(() => objects.remove(key)),
    sweep: () => again(() => objects.sweep()),
    close: () => objects.close(),
  }
}
