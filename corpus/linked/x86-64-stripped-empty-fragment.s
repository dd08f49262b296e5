// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: suspect OH301 sub_1001c+0x0
// expect: unproved unreachable-end f
// expect: unproved unreachable-end sub_1001c
// why: f's jump means its own cold part, which is empty, so that g's stands there; without names nobody can tell

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	testl	%edi, %edi
	js	.Lf_cold
	popq	%rax
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, %function
g:
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset	32
	testl	%edi, %edi
	js	.Lg_cold
	addq	$24, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	g, .-g
	.section	.text.unlikely,"ax",%progbits
.Lf_cold:
	.cfi_startproc
	.cfi_def_cfa_offset	32
.Lg_cold:
	ud2
	.cfi_endproc
