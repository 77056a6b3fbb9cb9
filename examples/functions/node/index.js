// An order in, log lines out. The payload {"fail": true} throws an error.
exports.handler = async (event) => {
  const order = event.order ?? '1';
  console.log('plain text about order', order);
  console.error('a line of level ERROR about order', order);
  console.log(JSON.stringify({ level: 'INFO', message: 'a JSON line', order }));
  if (event.fail) {
    throw new Error(`order ${order} failed`);
  }
  return { order };
};
