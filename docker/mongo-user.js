// The account of the nodes: it may read and write its own database, and nothing else.
db.getSiblingDB('twitchactors').createUser({
  user: 'twitchactors',
  pwd: process.env.TWITCHACTORS_PASSWORD,
  roles: [{ role: 'readWrite', db: 'twitchactors' }],
});
