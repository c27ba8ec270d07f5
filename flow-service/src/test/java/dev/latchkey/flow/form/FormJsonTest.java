package dev.latchkey.flow.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code data_schema}, case by case as {@code spec/flows.md} 2.3 and 5.8 have it. */
class FormJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> fields() {
        return Stream.of(
                Arguments.of(
                        Field.required("name", new FieldType.Text(5, null, null)),
                        "{'name':'name','type':'string','lengthMin':5,'required':true}"),
                Arguments.of(
                        Field.required("age", new FieldType.Whole(18L, null)),
                        "{'name':'age','type':'integer','valueMin':18,'required':true}"),
                Arguments.of(
                        Field.optional("hobby", new FieldType.Text()).withDefault("not specified"),
                        "{'name':'hobby','type':'string','required':false,'optional':true,'default':'not specified'}"),
                Arguments.of(
                        Field.optional("host", new FieldType.Text()).withSuggestion("h"),
                        "{'name':'host','type':'string','required':false,'optional':true,"
                                + "'description':{'suggested_value':'h'}}"),
                Arguments.of(
                        Field.required("ratio", new FieldType.Decimal(0.5, 1.5)),
                        "{'name':'ratio','type':'float','valueMin':0.5,'valueMax':1.5,'required':true}"),
                Arguments.of(
                        Field.required("on", new FieldType.Flag()), "{'name':'on','type':'boolean','required':true}"),
                Arguments.of(
                        Field.required("mail", new FieldType.Text(null, 9, FieldType.Format.EMAIL)),
                        "{'name':'mail','type':'string','lengthMax':9,'format':'email','required':true}"),
                Arguments.of(
                        Field.required("one", new FieldType.Choice(options("a", "Label A", "b", "Label B"))),
                        "{'name':'one','type':'select','options':[['a','Label A'],['b','Label B']],'required':true}"),
                Arguments.of(
                        Field.optional("some", new FieldType.MultiSelect(options("valid", "Valid")))
                                .withDefault(List.of("invalid", "valid")),
                        "{'name':'some','type':'multi_select','options':{'valid':'Valid'},'required':false,"
                                + "'optional':true,'default':['invalid','valid']}"),
                Arguments.of(
                        Field.required("maybe", new FieldType.OrNull(new FieldType.Text())),
                        "{'name':'maybe','type':'string','allow_none':true,'required':true}"),
                Arguments.of(
                        Field.required("fixed", new FieldType.Constant("v")),
                        "{'name':'fixed','type':'constant','value':'v','required':true}"),
                Arguments.of(
                        Field.required("time", new FieldType.Period()),
                        "{'name':'time','type':'positive_time_period_dict','required':true}"),
                Arguments.of(
                        Field.required(
                                "more",
                                new FieldType.Section(Form.of(Field.required("x", new FieldType.Flag())), false)),
                        "{'name':'more','type':'expandable','expanded':true,"
                                + "'schema':[{'name':'x','type':'boolean','required':true}],'required':true}"),
                Arguments.of(
                        Field.required("api_key", Selector.password()),
                        "{'name':'api_key','required':true,"
                                + "'selector':{'text':{'multiline':false,'multiple':false,'type':'password'}}}"),
                Arguments.of(
                        Field.required("n", Selector.number(5.0, 10.0)),
                        "{'name':'n','required':true,"
                                + "'selector':{'number':{'min':5.0,'max':10.0,'step':1,'mode':'slider'}}}"),
                Arguments.of(
                        Field.required("b", Selector.flag()), "{'name':'b','required':true,'selector':{'boolean':{}}}"),
                Arguments.of(
                        Field.required("s", Selector.select("a", "b")),
                        "{'name':'s','required':true,'selector':{'select':{'options':['a','b'],'multiple':false,"
                                + "'custom_value':false,'sort':false}}}"),
                Arguments.of(
                        Field.required("d", Selector.duration()),
                        "{'name':'d','required':true,'selector':{'duration':{'enable_day':false,"
                                + "'enable_millisecond':false,'allow_negative':false}}}"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldIsDescribedAsClientsKnowIt(Field field, String expected) throws JsonProcessingException {
        assertThat(JSON.readTree(JSON.writeValueAsString(FormJson.of(Form.of(field)))))
                .isEqualTo(JSON.readTree("[" + expected.replace('\'', '"') + "]"));
    }

    @Test
    void aFormWithoutFieldsIsAnEmptyList() {
        assertThat(FormJson.of(Form.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFormIsReadBackAsItWasStored(Field field, String ignored) {
        Form form = Form.of(field);

        assertThat(DataJson.read(DataJson.write(form), Form.class)).isEqualTo(form);
    }

    @Test
    void aSelectorIsReadStrictly() throws JsonProcessingException {
        assertThat(JSON.readValue("{\"text\":{\"type\":\"url\"}}", Selector.class))
                .isEqualTo(Selector.text(Selector.TextType.URL));
        assertThat(JSON.readValue(
                        "{\"select\":{\"options\":[\"a\",{\"value\":\"b\",\"label\":\"B\"}]}}", Selector.class))
                .isEqualTo(new Selector.Select(
                        List.of(Selector.Option.of("a"), new Selector.Option("b", "B")), null, null, null, null, null));
        for (String wrong : List.of(
                "{\"nothing\":{}}",
                "{\"text\":{\"typo\":1}}",
                "{\"text\":{\"type\":\"pass\"}}",
                "{\"number\":{\"mode\":\"slider\"}}",
                "{\"number\":{\"min\":2,\"max\":1}}",
                "{\"number\":{\"step\":0}}",
                "{\"select\":{}}",
                "{\"select\":{\"options\":[{\"value\":\"b\"}]}}")) {
            assertThatThrownBy(() -> JSON.readValue(wrong, Selector.class))
                    .as(wrong)
                    .isInstanceOf(JsonProcessingException.class);
        }
    }

    private static Map<String, String> options(String... pairs) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return options;
    }
}
