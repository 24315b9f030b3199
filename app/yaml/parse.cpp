#include "yaml/extent.h"
#include "yaml/node.h"
#include "yaml/screen.h"

#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

using namespace Qt::StringLiterals;

namespace tidemark::yaml {

namespace {

constexpr std::size_t DeepestNesting = 24;

// Builds the tree from yaml-cpp's events, so that each mark is kept and nothing is expanded or merged.
class TreeBuilder : public YAML::EventHandler
{
public:
    TreeBuilder(const QByteArray &bytes, qsizetype shift)
        : m_bytes(bytes)
        , m_shift(shift)
        , m_last(placeOf(bytes, 0))
    {
    }
    Node root;

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        if (m_documents++ > 0)
            refuse(mark, u"a second document begins"_s, u"Keep one document in one file."_s);
    }
    void OnDocumentEnd() override { }
    void OnAnchor(const YAML::Mark &mark, const std::string &) override { refuseAnchor(mark); }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override { refuseAnchor(mark); }
    void OnNull(const YAML::Mark &mark, YAML::anchor_t) override { add(begin(mark, Node::Kind::Null)); }
    void OnScalar(
        const YAML::Mark &mark, const std::string &tag, YAML::anchor_t, const std::string &value) override
    {
        refuseTag(mark, tag, "!");
        Node node = begin(mark, Node::Kind::Scalar);
        node.text = QString::fromStdString(value);
        node.style = styleAt(node.place.offset, tag);
        add(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t,
        YAML::EmitterStyle::value style) override
    {
        open(mark, tag, style, Node::Kind::List);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t,
        YAML::EmitterStyle::value style) override
    {
        open(mark, tag, style, Node::Kind::Map);
    }
    void OnMapEnd() override { close(); }

private:
    [[nodiscard]] Place placeAt(const YAML::Mark &mark) const
    {
        const qsizetype offset = mark.is_null() ? 0 : mark.pos + m_shift;
        m_last = offset < m_last.offset ? placeOf(m_bytes, offset) : advance(m_last, m_bytes, offset);
        return m_last;
    }
    [[noreturn]] void refuse(const YAML::Mark &mark, const QString &text, const QString &remedy) const
    {
        throw Refusal { problemAt(placeAt(mark), text, remedy) };
    }
    [[noreturn]] void refuseAnchor(const YAML::Mark &mark) const
    {
        refuse(mark, u"anchors and aliases are not used here"_s, u"Write the value out."_s);
    }
    void refuseTag(const YAML::Mark &mark, const std::string &tag, const char *quoted) const
    {
        if (!tag.empty() && tag != "?" && tag != quoted)
            refuse(mark, u"tags are not used here"_s, u"Write the value without \"!\"."_s);
    }
    [[nodiscard]] Node begin(const YAML::Mark &mark, Node::Kind kind) const
    {
        Node node;
        node.kind = kind;
        node.place = placeAt(mark);
        return node;
    }
    [[nodiscard]] Node::Style styleAt(qsizetype offset, const std::string &tag) const
    {
        if (tag != "!" || offset >= m_bytes.size())
            return Node::Style::Plain;
        switch (m_bytes[offset]) {
        case '\'':
            return Node::Style::Single;
        case '"':
            return Node::Style::Double;
        default:
            return Node::Style::Block;
        }
    }
    void open(
        const YAML::Mark &mark, const std::string &tag, YAML::EmitterStyle::value style, Node::Kind kind)
    {
        refuseTag(mark, tag, "?");
        if (m_open.size() >= DeepestNesting)
            refuse(mark, u"nested too deeply"_s, u"No key needs more than a few levels."_s);
        Node node = begin(mark, kind);
        node.flow = style == YAML::EmitterStyle::Flow;
        if (wantsKey())
            refuse(mark, u"a key must be a word"_s, u"Write \"key: value\"."_s);
        m_open.push_back(std::move(node));
    }
    void close()
    {
        Node node = std::move(m_open.back());
        m_open.pop_back();
        add(std::move(node));
    }
    [[nodiscard]] bool wantsKey() const
    {
        return !m_open.empty() && m_open.back().kind == Node::Kind::Map
            && m_open.back().keys.size() == m_open.back().items.size();
    }
    void add(Node node)
    {
        if (m_open.empty())
            root = std::move(node);
        else if (wantsKey())
            m_open.back().keys.push_back(std::move(node));
        else
            m_open.back().items.push_back(std::move(node));
    }

    const QByteArray &m_bytes;
    qsizetype m_shift;
    mutable Place m_last; // marks mostly grow: lines are counted once
    int m_documents = 0;
    std::vector<Node> m_open;
};

Node build(const QByteArray &bytes)
{
    const qsizetype shift = bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    std::istringstream stream(bytes.mid(shift).toStdString());
    YAML::Parser parser(stream);
    TreeBuilder builder(bytes, shift);
    while (parser.HandleNextDocument(builder)) { }
    return std::move(builder.root);
}

// yaml-cpp's own words, without the place it puts in front of them.
QString wordsOf(const YAML::Exception &e)
{
    return u"this is not YAML: "_s + shown(QString::fromStdString(e.msg), 120);
}

FileProblem syntaxProblem(const QByteArray &bytes, const YAML::Exception &e)
{
    const qsizetype shift = bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    const Place place = placeOf(bytes, e.mark.is_null() ? 0 : e.mark.pos + shift);
    return problemAt(place, wordsOf(e), u"Look for a missing colon, quote or bracket here or just above."_s);
}

} // namespace

Parsed parse(const QByteArray &bytes)
{
    if (auto problems = screen(bytes); !problems.empty())
        return tl::unexpected(std::move(problems));
    std::vector<FileProblem> problems;
    try {
        Node root = build(bytes);
        measure(root, bytes);
        return root;
    } catch (const Refusal &refusal) {
        problems.push_back(refusal.problem);
    } catch (const YAML::Exception &e) {
        problems.push_back(syntaxProblem(bytes, e));
    } catch (const std::exception &e) {
        problems.push_back(problemAt({}, u"this is not YAML: "_s + QString::fromUtf8(e.what()), {}));
    }
    return tl::unexpected(std::move(problems));
}

} // namespace tidemark::yaml
