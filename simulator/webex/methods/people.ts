/** People. https://developer.webex.com/docs/api/v1/people */
import { PAGE } from '../limits.ts';
import { showPerson } from '../show.ts';
import { type Methods, notFound, ok, page, refusal } from './method.ts';

const SEARCH = ['email', 'displayName', 'id', 'orgId', 'max', 'cursor', 'callingData', 'showAllTypes'];

export const peopleMethods: Methods = {
  'GET people/me': {
    query: ['callingData'],
    run(world) {
      const bot = world.people.get(world.bot.id);
      return bot === undefined ? notFound() : ok(showPerson(bot));
    },
  },
  'GET people/{id}': {
    query: ['callingData'],
    run(world, { id }) {
      const person = world.people.get(id);
      return person === undefined || person.deleted ? notFound() : ok(showPerson(person));
    },
  },
  'GET people': {
    query: SEARCH,
    run(world, { query }) {
      const { email, displayName, id } = query;
      // Only administrators may list everybody.
      if (email === undefined && displayName === undefined && id === undefined) {
        return refusal(400, 'Email or displayName should be specified.');
      }
      const ids = id?.split(',');
      const items = [...world.people.values()].filter(
        (person) =>
          !person.deleted &&
          (email === undefined || person.email.toLowerCase() === email.toLowerCase()) &&
          (displayName === undefined || person.displayName.startsWith(displayName)) &&
          (ids === undefined || ids.includes(person.id)),
      );
      return page(world, query, { items, limits: PAGE.people, path: 'people', show: showPerson });
    },
  },
};
