#pragma once

#include <QWidget>

#include <optional>

namespace tidemark {

// A bar that says how far something is: a share with its figure in it, a hatched stretch behind it where the
// rest is expected to end, and a mark where it must not end later.
class ShareBar : public QWidget
{
    Q_OBJECT

public:
    explicit ShareBar(int height, QWidget *parent = nullptr);
    void setShare(std::optional<double> share, const QString &words);
    void setExpected(std::optional<double> until);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_height;
    std::optional<double> m_share;
    std::optional<double> m_expected;
    QString m_words;
};

} // namespace tidemark
