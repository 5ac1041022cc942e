import { writeToStream } from 'mqtt-packet'

// With the first packet that it writes, mqtt-packet would make a table of all 65,536 packet ids, in each thread: 20 ms, and
// 7 MB that every collection of garbage looks through. What has a packet id is written here for whole frames only.
writeToStream.cacheNumbers = false
