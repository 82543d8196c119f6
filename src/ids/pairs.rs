//! Maps by ids as lists of pairs: a format such as JSON has texts alone for keys.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

pub(crate) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
    map: &BTreeMap<K, V>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(map)
}

pub(crate) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let pairs = Vec::<(K, V)>::deserialize(deserializer)?;
    Ok(pairs.into_iter().collect())
}

/// Things with a map each.
type Maps<A, K, V> = Vec<(A, BTreeMap<K, V>)>;

/// The same of a list of things that have a map each.
pub(crate) mod of_each {
    use super::{BTreeMap, Deserialize, Deserializer, Maps, Serialize, Serializer};

    pub(crate) fn serialize<A: Serialize, K: Serialize, V: Serialize, S: Serializer>(
        list: &[(A, BTreeMap<K, V>)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let pairs = list
            .iter()
            .map(|(of, map)| (of, map.iter().collect::<Vec<_>>()));
        serializer.collect_seq(pairs)
    }

    pub(crate) fn deserialize<'de, A, K, V, D>(deserializer: D) -> Result<Maps<A, K, V>, D::Error>
    where
        A: Deserialize<'de>,
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        let list = Vec::<(A, Vec<(K, V)>)>::deserialize(deserializer)?;
        let maps = list.into_iter();
        Ok(maps
            .map(|(of, pairs)| (of, pairs.into_iter().collect()))
            .collect())
    }
}
