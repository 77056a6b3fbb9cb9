export const handler = async (event, context) => {
  console.log("first line");
  console.error("two\nlines", new Error("boom"));
  process.stdout.write("printed\n");
  return context.awsRequestId;
};
