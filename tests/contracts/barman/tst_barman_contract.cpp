#include "barmancontract.h"

class TestBarmanContract : public tidemark::test::BarmanContract
{
    Q_OBJECT

protected:
    std::shared_ptr<tidemark::test::ToolMachine> machine() override
    {
        return m_tools = std::make_shared<tidemark::test::MemoryTools>();
    }
    std::shared_ptr<tidemark::HostReader> host() override { return m_tools->reader(); }

private:
    std::shared_ptr<tidemark::test::MemoryTools> m_tools;
};

QTEST_GUILESS_MAIN(TestBarmanContract)
#include "tst_barman_contract.moc"
