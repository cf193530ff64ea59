import { createClerkClient } from '@clerk/backend';
import { SECRET_KEY, type Servers } from './servers.ts';

export const clerk = (servers: Servers) => createClerkClient({ secretKey: SECRET_KEY, apiUrl: servers.frontendApi });

export const template = async (servers: Servers) => {
  const { data } = await clerk(servers).jwtTemplates.list();
  const found = data.find(({ name }) => name === 'fauna');
  if (!found) throw new Error('no template');
  return found;
};

export const changeTemplate = async (
  servers: Servers,
  changes: (claims: Record<string, unknown>) => object,
): Promise<undefined> => {
  const { id, name, claims } = await template(servers);
  await clerk(servers).jwtTemplates.update({
    templateId: id,
    name,
    claims,
    ...changes(claims as Record<string, unknown>),
  });
};
