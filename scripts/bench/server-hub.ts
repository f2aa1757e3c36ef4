import { readConfig } from '../../src/config.ts';
import { openInstallation } from '../../src/db/installation.ts';
import { startHub } from '../../src/hub.ts';

/** (a) The hub whole, as `npm start` runs it: tokens, view, role, consent, recording. */
const config = readConfig(process.env);
const hub = await startHub(config, { installation: await openInstallation(config) });
process.send?.({ url: `${hub.url}/graphql` });
