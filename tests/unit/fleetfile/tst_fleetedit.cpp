#include "fleetfile/fleetedit.h"
#include "fleetfile/fleettext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tidemark;
using fleetfile::editFleet;

// Edits of files as people write them: what changes is named, everything else stays byte for byte.
class tst_FleetEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void edits_data();
    void edits();
    void refuses_data();
    void refuses();
};

static void row(const char *name, const QByteArray &before, const QStringList &path, const QString &value,
    const QByteArray &after)
{
    QTest::newRow(name) << before << path << value << after;
}

void tst_FleetEdit::edits_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QStringList>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("after");
    const QStringList rpo { u"clusters"_s, u"a"_s, u"objectives"_s, u"rpo"_s };

    row("plain value with a comment behind it", "name: old   # which\nhosts: []\n", { u"name"_s }, u"new"_s,
        "name: new   # which\nhosts: []\n");
    row("double quotes stay", "name: \"old\" # x\n", { u"name"_s }, u"n \"e\" w"_s,
        "name: \"n \\\"e\\\" w\" # x\n");
    row("single quotes stay", "name: 'ol''d'\n", { u"name"_s }, u"it's"_s, "name: 'it''s'\n");
    row("plain text gets quotes when it needs them", "name: old\n", { u"name"_s }, u"a: b # c"_s,
        "name: \"a: b # c\"\n");
    row("text that looks like a boolean is quoted", "name: f\ndescription: x\n", { u"description"_s },
        u"no"_s, "name: f\ndescription: \"no\"\n");
    row("text over two lines", "name: f\ndescription: one\n  two   # no comment above\nhosts: []\n",
        { u"description"_s }, u"x"_s, "name: f\ndescription: x   # no comment above\nhosts: []\n");
    row("block text", "name: f\ndescription: |\n  one\n\n  two\nhosts: []\n", { u"description"_s }, u"x"_s,
        "name: f\ndescription: x\nhosts: []\n");
    row("folded block text at the end", "name: f\ndescription: >-\n  one\n  two", { u"description"_s },
        u"x"_s, "name: f\ndescription: x");
    row("new line in a text", "name: f\ndescription: x\n", { u"description"_s }, u"a\nb"_s,
        "name: f\ndescription: \"a\\nb\"\n");
    row("CRLF stays and is used for new lines", "name: f\r\nclusters:\r\n  - name: a\r\n", rpo, u"4 h"_s,
        "name: f\r\nclusters:\r\n  - name: a\r\n    objectives: {rpo: 4 h}\r\n");
    row("trailing spaces stay", "name: f  \nclusters:  \n  - name: a\t \n    tier: x \n",
        { u"clusters"_s, u"a"_s, u"tier"_s }, u"z"_s,
        "name: f  \nclusters:  \n  - name: a\t \n    tier: z \n");
    row("byte order mark stays", "\xef\xbb\xbfname: f\n", { u"name"_s }, u"g"_s, "\xef\xbb\xbfname: g\n");
    row("umlauts before the value", "name: f # Größe €\ndescription: ä\n", { u"description"_s }, u"ö"_s,
        "name: f # Größe €\ndescription: ö\n");
    row("value in a flow map",
        "name: f\nclusters:\n  - {name: a, objectives: {rpo: 15 min , rto: 1 h}} # x\n", rpo, u"5 min"_s,
        "name: f\nclusters:\n  - {name: a, objectives: {rpo: 5 min , rto: 1 h}} # x\n");
    row("new key in a flow map", "name: f\nclusters:\n  - {name: a, objectives: {rto: 1 h}}\n", rpo,
        u"5 min"_s, "name: f\nclusters:\n  - {name: a, objectives: {rto: 1 h, rpo: 5 min}}\n");
    row("new key in an empty flow map", "name: f\nclusters:\n  - name: a\n    objectives: {}\n", rpo,
        u"5 min"_s, "name: f\nclusters:\n  - name: a\n    objectives: {rpo: 5 min}\n");
    row("flow map over several lines", "name: f\nclusters: [\n  {name: a,\n   tier: x, # why\n  },\n]\n", rpo,
        u"1 h"_s, "name: f\nclusters: [\n  {name: a,\n   tier: x, objectives: {rpo: 1 h}, # why\n  },\n]\n");
    row("new key in a block map, before the comment of the next item",
        "name: f\nclusters:\n  - name: a\n    objectives:\n      rto: 1 h  # agreed\n\n  # the other\n  - "
        "name: b\n",
        rpo, u"5 min"_s,
        "name: f\nclusters:\n  - name: a\n    objectives:\n      rto: 1 h  # agreed\n      rpo: 5 min\n\n  # "
        "the other\n  - name: b\n");
    row("new map in an item", "name: f\nclusters:\n- name: a\n  tier: x\n- name: b\n", rpo, u"5 min"_s,
        "name: f\nclusters:\n- name: a\n  tier: x\n  objectives: {rpo: 5 min}\n- name: b\n");
    row("new item like the others", "name: f\nhosts:\n-   name: a\n\n-   name: b\nclusters: []\n",
        { u"hosts"_s, u"c"_s, u"ssh"_s }, u"c.example"_s,
        "name: f\nhosts:\n-   name: a\n\n-   name: b\n\n-   name: c\n    ssh: c.example\nclusters: []\n");
    row("new item in an empty list", "name: f\nhosts: []\n", { u"hosts"_s, u"c"_s, u"ssh"_s }, u"x"_s,
        "name: f\nhosts: [{name: c, ssh: x}]\n");
    row("new section", "name: f # x\n", { u"hosts"_s, u"c"_s, u"ssh"_s }, u"x"_s,
        "name: f # x\n\nhosts:\n  - name: c\n    ssh: x\n");
    row("new section behind a line without end", "name: f", { u"description"_s }, u"x"_s,
        "name: f\ndescription: x");
    row("new section before the end mark", "---\nname: f\n...\n", { u"description"_s }, u"x"_s,
        "---\nname: f\ndescription: x\n...\n");
    row("file of comments only", "# mine\n", { u"name"_s }, u"f"_s, "# mine\nname: f\n");
    row("a section that is there without value", "name: f\nhosts:\nclusters: []\n",
        { u"hosts"_s, u"h"_s, u"ssh"_s }, u"x"_s, "name: f\nhosts:\n  - name: h\n    ssh: x\nclusters: []\n");
    row("a key that is there without value", "name: f\ndescription: # later\nhosts: []\n",
        { u"description"_s }, u"x"_s, "name: f\ndescription: x # later\nhosts: []\n");
    row("hostile item name", "name: f\nhosts:\n  - name: 'a \"b'' $(x)'\n    ssh: y\n",
        { u"hosts"_s, u"a \"b' $(x)"_s, u"ssh"_s }, u"-oProxyCommand=x"_s,
        "name: f\nhosts:\n  - name: 'a \"b'' $(x)'\n    ssh: \"-oProxyCommand=x\"\n");
    row("list in flow", "name: f\nclusters:\n  - name: a\n    databases: [x, y] # two\n",
        { u"clusters"_s, u"a"_s, u"databases"_s }, u"x\na, b"_s,
        "name: f\nclusters:\n  - name: a\n    databases: [x, \"a, b\"] # two\n");
    row("list in block keeps comments of what stays",
        "name: f\nclusters:\n  - name: a\n    databases:\n      - x # first\n      - y\n      - z # last\n",
        { u"clusters"_s, u"a"_s, u"databases"_s }, u"x\nk\nm\nz"_s,
        "name: f\nclusters:\n  - name: a\n    databases:\n      - x # first\n      - k\n      - m\n      - z "
        "# last\n");
    row("list made longer", "name: f\nclusters:\n  - name: a\n    databases:\n    - x\n",
        { u"clusters"_s, u"a"_s, u"databases"_s }, u"x\nw"_s,
        "name: f\nclusters:\n  - name: a\n    databases:\n    - x\n    - w\n");
    row("new list", "name: f\nclusters:\n  - name: a\n", { u"clusters"_s, u"a"_s, u"databases"_s }, u"x\nw"_s,
        "name: f\nclusters:\n  - name: a\n    databases: [x, w]\n");
    row("count of a promise", "name: f\npromises:\n  - name: p\n    keep: {keep-daily: 7} # week\n",
        { u"promises"_s, u"p"_s, u"keep"_s, u"keep-weekly"_s }, u"4"_s,
        "name: f\npromises:\n  - name: p\n    keep: {keep-daily: 7, keep-weekly: 4} # week\n");
    row("removes a key with its line", "name: f\ndescription: x # gone\n# stays\nhosts: []\n",
        { u"description"_s }, {}, "name: f\n# stays\nhosts: []\n");
    row("removes a block text", "name: f\ndescription: |\n  a\n  b\nhosts: []\n", { u"description"_s }, {},
        "name: f\nhosts: []\n");
    row("removes the first key of an item", "name: f\nhosts:\n  - ssh: x\n    name: h\n",
        { u"hosts"_s, u"h"_s, u"ssh"_s }, {}, "name: f\nhosts:\n  - name: h\n");
    row("removes from a flow map", "name: f\nhosts: [{name: h, ssh: x, run_as: y}]\n",
        { u"hosts"_s, u"h"_s, u"ssh"_s }, {}, "name: f\nhosts: [{name: h, run_as: y}]\n");
    row("removes what becomes empty",
        "name: f\nclusters:\n  - name: a\n    objectives:\n      rpo: 1 h\n    tier: x\n", rpo, {},
        "name: f\nclusters:\n  - name: a\n    tier: x\n");
    row("removes an item", "name: f\nhosts:\n  - name: h\n    ssh: x\n  # the other\n  - name: i\n",
        { u"hosts"_s, u"h"_s }, {}, "name: f\nhosts:\n  # the other\n  - name: i\n");
    row("removes the only item with its section", "name: f\nhosts:\n  - name: h\nclusters: []\n",
        { u"hosts"_s, u"h"_s }, {}, "name: f\nclusters: []\n");
    row("removing what is not there changes nothing", "name: f # x", { u"description"_s }, {}, "name: f # x");
    row("JSON", "{\"name\": \"f\", \"hosts\": [{\"name\": \"h\"}]}", { u"hosts"_s, u"h"_s, u"ssh"_s }, u"x"_s,
        "{\"name\": \"f\", \"hosts\": [{\"name\": \"h\", ssh: x}]}");
    row("spaces before colons and quoted keys", "\"name\" : f\n'description' :   \"x\"   \n",
        { u"description"_s }, u"y"_s, "\"name\" : f\n'description' :   \"y\"   \n");
}

void tst_FleetEdit::edits()
{
    QFETCH(QByteArray, before);
    QFETCH(QStringList, path);
    QFETCH(QString, value);
    QFETCH(QByteArray, after);
    const auto edited = editFleet(before, { { path, value } });
    QVERIFY2(edited, edited ? "" : qPrintable(edited.error().code + u' ' + edited.error().detail));
    QCOMPARE(QString::fromUtf8(*edited), QString::fromUtf8(after));
}

void tst_FleetEdit::refuses_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QStringList>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("code");
    const auto refused
        = [](const char *name, const QByteArray &before, const QStringList &path, const QString &value,
              const QString &code) { QTest::newRow(name) << before << path << value << code; };
    refused("no path", "name: f\n", {}, u"x"_s, u"fleet.unknown-key"_s);
    refused("unknown key", "name: f\n", { u"nmae"_s }, u"x"_s, u"fleet.unknown-key"_s);
    refused("a map as a value", "name: f\n", { u"clusters"_s, u"a"_s, u"objectives"_s }, u"x"_s,
        u"fleet.unknown-key"_s);
    refused("an item as a value", "name: f\n", { u"clusters"_s, u"a"_s }, u"x"_s, u"fleet.unknown-key"_s);
    refused("below a text", "name: f\n", { u"name"_s, u"x"_s }, u"y"_s, u"fleet.unknown-key"_s);
    refused("no YAML", "name: [\n", { u"name"_s }, u"y"_s, u"fleet.cannot-edit"_s);
    refused("another shape than the reader's", "name: f\nclusters: {a: {tier: x}}\n",
        { u"clusters"_s, u"a"_s, u"tier"_s }, u"y"_s, u"fleet.cannot-edit"_s);
}

void tst_FleetEdit::refuses()
{
    QFETCH(QByteArray, before);
    QFETCH(QStringList, path);
    QFETCH(QString, value);
    QFETCH(QString, code);
    const auto edited = editFleet(before, { { path, value } });
    QVERIFY(!edited);
    QCOMPARE(edited.error().code, code);
}

QTEST_GUILESS_MAIN(tst_FleetEdit)
#include "tst_fleetedit.moc"
