-- What the catalogue of version 2 held after two scans: the rows as that version wrote them. Of the tables
-- that later versions read.
INSERT INTO catalogues VALUES('kept',2);
INSERT INTO catalogue_sources VALUES(1,'kept','repo',1700000000000000,1700000000000000,NULL,'c1','{"list":[{"enabled":false,"id":"v-1","keep":{"keep-last":3},"kind":"verify","lastRun":8000000,"lastSaid":"it''s \"quoted\" \\back\\slashed","lastState":3,"nextRun":9000000,"schedule":"daily","subject":"tank"}]}','{"list":[{"at":1700000000000000,"available":60000,"estimatedFull":1800000000000000,"part":"tank","total":100000,"used":40000}]}','{"list":[{"cluster":"shop","error":{"code":"source.denied","detail":"$(touch /tmp/x) `id` ; drop table meta; --","kind":2},"part":"main"}]}');
INSERT INTO catalogue_sources VALUES(2,'kept','other',1700000500000000,1700000500000000,NULL,'','','','');
INSERT INTO artifact_groups VALUES(1,1,'{"encrypted":false,"located":true,"prefix":"/srv/backup/","quiesced":0,"serverVersion":0}');
INSERT INTO artifact_groups VALUES(2,1,'{"cluster":"shop","compression":"zstd","database":"ünï 数据库","encrypted":true,"format":"tar","located":false,"part":"repo1","quiesced":2,"serverVersion":150020,"systemId":"18364758544493064720","tablespaces":["/srv/t 1"],"toolVersion":"2.58"}');
INSERT INTO artifact_groups VALUES(3,2,'{"cluster":"books","encrypted":false,"located":true,"prefix":"/srv/backup/","quiesced":0,"serverVersion":0,"systemId":"22"}');
INSERT INTO artifacts VALUES(1,'p01','s',1,135168,1699999991000000,1700000001000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO artifacts VALUES(1,'p00','s',1,659456,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'p00','{"holds":["protected"]}',NULL,NULL);
INSERT INTO artifacts VALUES(1,'20231114-221320F','s1',2,852769,1700000000123456,1700000100000001,NULL,-16,1,4294967294,9223372036854775807,0,'parent ''of'' it','{"checks":[{"at":5000000,"kind":0,"passed":true,"said":"ok"},{"kind":1,"passed":false}],"holds":["protected"],"location":"/srv/backup/20231114-221320F/x","needs":["a","b c"],"notes":{"why":"before\nthe move"},"why":"no \"stop\"","withGlobals":"globals"}',9007199254740993,'no "stop"');
INSERT INTO artifacts VALUES(1,'p39','s',1,135168,1700000029000000,1700000039000000,NULL,NULL,NULL,NULL,NULL,NULL,'p00',NULL,NULL,NULL);
INSERT INTO artifacts VALUES(1,'b','s',1,135168,1698999990000000,1699000000000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO artifacts VALUES(2,'a;b','s',3,132096,1700000390000000,1700000400000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"why":"ü is broken"}',NULL,'ü is broken');
INSERT INTO artifacts VALUES(2,'ä€🐘 ''quoted''','s',3,132096,1700000390000000,1700000400000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"why":"ü is broken"}',NULL,'ü is broken');
INSERT INTO runs VALUES(1,'r1','full',1699999000000000,1699999060000000,2,'{"artifact":"20231114-221320F","cluster":"shop","said":"two\nlines\r\tand more","size":5,"subject":"group"}');
INSERT INTO wal_archives VALUES(1,0,'main','shop',-81985529216486896,9,1234,'1:5-9','{"backupEnds":[{"label":"it''s \"quoted\" \\back\\slashed","startLsn":"0/5","stopLsn":"0/6","stopped":6000000,"timeline":1}],"histories":[{"arrived":4000000,"switches":[{"at":"0/4D","parent":1,"reason":"no recovery target"}],"timeline":2}],"listed":false,"partial":12,"segmentSize":1048576,"troubles":[{"arrived":8000000,"detail":"two\nlines\r\tand more","fault":5,"name":"00000001000000000000000A","number":10,"timeline":1}]}');
INSERT INTO wal_archives VALUES(1,1,'','',NULL,0,0,'','{"listed":true,"segmentSize":16777216}');
INSERT INTO wal_spans VALUES(1,0,1,5,9,1000000,2000000);
INSERT INTO wal_spans VALUES(1,0,1,11,11,NULL,NULL);
INSERT INTO wal_spans VALUES(1,0,2,7,1000000000000,NULL,3000000);
