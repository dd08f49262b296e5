// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: suspect OH204 f+0x4
// expect: unproved unreachable-end f
// source: Mesa, gcc-12 -O2, reduced: the default of a switch is unreachable
// why: f jumps to its own cold part, which is empty; what stands there is another function's, whose row is that of an
//   entry because that function has no frame. Among fragments, nobody can tell

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	cmpl	$9, %edi
	ja	.Lf_cold
	popq	%rax
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, %function
g:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	testl	%edi, %edi
	js	.Lg_cold
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	g, .-g
	.globl	h
	.type	h, %function
h:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	testl	%edi, %edi
	js	.Lh_cold
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	h, .-h
	.globl	leaf
	.type	leaf, %function
leaf:
	.cfi_startproc
	testl	%edi, %edi
	js	.Lleaf_cold
	ret
	.cfi_endproc
	.size	leaf, .-leaf
	.section	.text.unlikely,"ax",%progbits
.Lg_cold:
	.cfi_startproc
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	ud2
	.cfi_endproc
.Lf_cold:
.Lleaf_cold:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
.Lh_cold:
	.cfi_startproc
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	ud2
	.cfi_endproc
