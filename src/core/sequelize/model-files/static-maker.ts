/** A static function of a class that makes it a model of the connection that it is given. */
export const staticMaker =
  /^[ \t]+static\s+(init|initModel|initialize|initialise|define|setup)\s*\(\s*(_?(?:sequelize|connection|conn|db|database|instance)\b[^)]*)\)/m
